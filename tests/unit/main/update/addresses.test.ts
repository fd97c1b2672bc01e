import { expect, it } from 'vitest';
import { fileAddress, mayFetch, pageAddress } from '#main/update/addresses';
import { isNewer } from '#main/update/version';

const feed = 'https://peal.example/peal/feed.json';

it.each([
  [feed, true],
  ['http://127.0.0.1:8000/feed.json', true],
  ['http://localhost/feed.json', true],
  ['http://[::1]/feed.json', true],
  ['http://peal.example/feed.json', false],
  ['http://127.0.0.1.evil.example/', false],
  ['https://user:word@peal.example/', false],
  ['file:///etc/passwd', false],
  ['peal.example', false],
])('fetches from %s: %s', (address, may) => {
  expect(mayFetch(address)).toBe(may);
});

it.each([
  ['Peal-1.2.0.exe', 'https://peal.example/peal/Peal-1.2.0.exe'],
  ['/other/Peal.exe', 'https://peal.example/other/Peal.exe'],
  ['//elsewhere.example/Peal.exe', null],
  ['http://peal.example/Peal.exe', null],
  ['https://peal.example:444/Peal.exe', null],
  ['https://a@peal.example/Peal.exe', null],
  ['data:text/plain,x', null],
])('finds the file %s at %s', (address, whole) => {
  expect(fileAddress(feed, address)).toBe(whole);
});

it.each([
  ['new.html', 'https://peal.example/peal/new.html'],
  ['https://peal.example:8443/new', 'https://peal.example:8443/new'],
  ['http://peal.example/new', null],
  ['https://peal.example.evil.example/new', null],
  ['https://peal.example@evil.example/new', null],
  ['javascript:alert(1)', null],
  ['file:///usr/bin/true', null],
  ['smb://peal.example/share', null],
])('opens the page %s as %s', (address, whole) => {
  expect(pageAddress(feed, address)).toBe(whole);
});

it.each([
  ['0.10.0', '0.9.9', true],
  ['1.0.0', '0.99.99', true],
  ['1.0.0', '1.0.0', false],
  ['0.9.9', '1.0.0', false],
  ['1.0.1-beta', '1.0.0', false],
  ['01.0.1', '1.0.0', false],
  ['2', '1.0.0', false],
])('%s is newer than %s: %s', (candidate, than, newer) => {
  expect(isNewer(candidate, than)).toBe(newer);
});
