/** Rows of docs/call-spec.md that can be told apart from outside, by what a history counts. */
type Counted = Readonly<Record<string, number>>;

const rowOf: Readonly<Record<string, string>> = {
  'happening restart': 'CR66',
  'refused user-unknown': 'CR2',
  'refused call-self': 'CR3',
  'refused call-exists': 'CR4/23',
  'refused blocked': 'CR6/24',
  'refused already-claimed': 'CR21/46',
  'refused wrong-state': 'CR31/58',
  'refused in-call-elsewhere': 'CR34',
  'refused call-ended': 'CR52',
  'refused call-unknown': 'CR53',
  glare: 'CR8',
  silenced: 'CR15/16',
  reply: 'CR49',
  connected: 'CR30',
  'media changed': 'CR9/56',
  'ended 1 self': 'CR40',
  'ended 2 self': 'CR41',
  'ended 3 self': 'CR42',
  'ended 4 self': 'CR5',
  'ended 5 deadline': 'CR45',
  'ended 7 deadline': 'CR62/65',
  'ended 7 self': 'CR47',
  'ended 8 self': 'CR43',
  'ended 8 deadline': 'CR33',
  'ended 9 self': 'CR48',
  'ended 10 self': 'CR48',
  'ended 21 other-device': 'CR36',
  'ended 22 self': 'CR35',
  'ended 23 kicked': 'CR55',
};

/** Every row of the table with how often it was met, 0 for those that were not. */
export function rowsReached(runs: readonly Counted[]): Record<string, number> {
  const reached: Record<string, number> = {};
  for (const [counted, row] of Object.entries(rowOf)) {
    const times = runs.reduce((sum, counts) => sum + (counts[counted] ?? 0), 0);
    reached[row] = (reached[row] ?? 0) + times;
  }
  return reached;
}
