/**
 * Copies what a field holds, by selecting it. The clipboard itself would need a permission, which no page of ours has;
 * this works only while somebody presses a key or a button. False: it did not work.
 */
export function copyField(field: HTMLInputElement, page: Document): boolean {
  field.focus();
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only copying that needs no permission
  return page.execCommand('copy');
}
