/** What keeps people from using a page, as axe finds it. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * The serious and the critical ones, each with the first element it was found on.
 * @param rules of axe; all of them where none are named
 */
export async function seriousFaults(page: Page, ...rules: string[]): Promise<string[]> {
  // As a source and not as a script element, which the content policy refuses.
  await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    resultTypes: ['violations'],
    ...(rules.length > 0 ? { runOnly: rules } : {}),
  };
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes: [first] }) => `${id}: ${first?.html} ${first?.failureSummary}`);
}
