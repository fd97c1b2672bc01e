/** One column, as the styles have it: text at 200 % or a very narrow window. */
export const narrowWindow = '(max-width: 27rem)';
