// npm run sounds: makes renderer/sounds/*.wav anew; run it after something in scripts/sounds/ or in a sentence below has
// changed. The sentences of Echo are spoken by espeak-ng, everything else is calculated.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, main } from './lib/tools.mjs';
import { SAMPLE_RATE, soundFile, synthetic } from './sounds/synthesis.mjs';
import { requirePackages } from './system-packages.mjs';

/** The voice that reads pinyin reads Chinese characters too, and the one named after the language does not. */
const SENTENCES = {
  'echo-en': {
    voice: ['-v', 'en-us', '-s', '180'],
    text: 'Hello, this is Peal. Say something after the tone, and I will say it back to you.',
  },
  'echo-zh': {
    voice: ['-v', 'cmn-latn-pinyin', '-s', '190'],
    text: '你好，这里是 Peal。请在提示音后说话，我会说给你听。',
  },
};

const file = (name) => path.join(ROOT, 'renderer', 'sounds', `${name}.wav`);

/** Without the silence before and after it, and as loud as it can be without being cut. */
function speak(name, { voice, text }) {
  const spoken = execFileSync('espeak-ng', ['--stdout', ...voice, text]);
  const trim = ['silence', '1', '0.01', '0.3%', 'reverse'];
  const form = ['-r', String(SAMPLE_RATE), '-c', '1', '-b', '16'];
  const effects = [...trim, ...trim, 'gain', '-n', '-2'];
  execFileSync('sox', ['-D', '-t', 'wav', '-', ...form, file(name), ...effects], { input: spoken });
}

await main(() => {
  requirePackages('test');
  for (const name of synthetic) writeFileSync(file(name), soundFile(name));
  for (const [name, sentence] of Object.entries(SENTENCES)) speak(name, sentence);
});
