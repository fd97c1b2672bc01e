/**
 * Values made from a schema: ones that fit it, and ones that certainly do not. What fits is judged here once more, by
 * the schema's words alone, so that the product's compiled validators are not their own judges.
 */
import fc from 'fast-check';
import { junk, withOddKey } from './junk';

/** The words of JSON Schema that this project's schemas use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export function fitting(schema: object): fc.Arbitrary<unknown> {
  return valueOf(schema);
}

/** A fitting value after one to three small wrongs, at any depth. Never one that still fits. */
export function unfitting(schema: object): fc.Arbitrary<unknown> {
  return fc
    .tuple(valueOf(schema), fc.array(wrong, { minLength: 1, maxLength: 3 }))
    .map(([value, wrongs]) => wrongs.reduce(applyWrong, value))
    .filter((value) => !fits(schema, value));
}

/** Is the text JSON that fits one of them? A spoiled one may be by chance. */
export function isTextOf(schemas: readonly object[], text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return schemas.some((schema) => fits(schema, value));
  } catch {
    return false;
  }
}

/** Does the value obey the schema? */
export function fits(schema: Schema, value: unknown): boolean {
  if ('const' in schema) return value === schema.const;
  if (schema.anyOf) return schema.anyOf.some((one) => fits(one, value));
  if (schema.type === undefined) return true;
  const judge = judges[schema.type];
  if (!judge) throw new Error(`The schema type ${schema.type} is not known here.`);
  return judge(schema, value);
}

/** By the schema's type. */
const judges: Readonly<Record<string, (schema: Schema, value: unknown) => boolean>> = {
  null: (_schema, value) => value === null,
  boolean: (_schema, value) => typeof value === 'boolean',
  integer: fitsInteger,
  number: ({ minimum, maximum }, value) =>
    typeof value === 'number' && Number.isFinite(value) && isWithin(value, minimum, maximum),
  string: fitsString,
  array: fitsArray,
  object: fitsObject,
};

function fitsInteger({ minimum, maximum }: Schema, value: unknown): boolean {
  return Number.isInteger(value) && isWithin(value as number, minimum, maximum);
}

function fitsString({ minLength, maxLength, pattern }: Schema, value: unknown): boolean {
  // JSON Schema counts code points.
  return (
    typeof value === 'string' &&
    isWithin(Array.from(value).length, minLength, maxLength) &&
    (pattern === undefined || new RegExp(pattern, 'u').test(value))
  );
}

function fitsArray({ items, minItems, maxItems, uniqueItems }: Schema, value: unknown): boolean {
  return (
    Array.isArray(value) &&
    isWithin(value.length, minItems, maxItems) &&
    (uniqueItems !== true || new Set(value).size === value.length) &&
    value.every((one) => items === undefined || fits(items, one))
  );
}

function fitsObject(schema: Schema, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.getOwnPropertyNames(value);
  return (
    (schema.required ?? []).every((name) => names.includes(name)) &&
    isWithin(names.length, undefined, schema.maxProperties) &&
    names.every((name) => {
      const own = propertySchema(schema, name);
      return own !== undefined && fits(own, (value as Record<string, unknown>)[name]);
    })
  );
}

function propertySchema(schema: Schema, name: string): Schema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, name)) return schema.properties[name];
  return Object.entries(schema.patternProperties ?? {}).find(([pattern]) =>
    new RegExp(pattern, 'u').test(name),
  )?.[1];
}

const isWithin = (value: number, least = -Infinity, most = Infinity): boolean =>
  value >= least && value <= most;

function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valueOf));
  return (makers[schema.type ?? ''] ?? (() => fc.jsonValue()))(schema);
}

/** By the schema's type. */
const makers: Readonly<Record<string, (schema: Schema) => fc.Arbitrary<unknown>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum = -1_000, maximum = 2_000_000_000 }) =>
    fc.integer({ min: minimum, max: maximum }),
  number: ({ minimum = -1_000, maximum = 1_000 }) =>
    fc.double({ min: minimum, max: maximum, noNaN: true }),
  string: (schema) => stringOf(schema),
  array: ({ items = {}, minItems = 0, maxItems = 3, uniqueItems = false }) => {
    const lengths = { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) };
    return uniqueItems
      ? fc.uniqueArray(valueOf(items), lengths)
      : fc.array(valueOf(items), lengths);
  },
  object: (schema) => objectOf(schema),
};

/** Ids are short and of a small alphabet, hashes of one length; other texts are whatever people type. */
function stringOf(schema: Schema): fc.Arbitrary<string> {
  if (schema.pattern && /\{\d+\}\$$/.test(schema.pattern)) {
    return fc.stringMatching(new RegExp(schema.pattern));
  }
  const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}$/);
  const { minLength = 0, maxLength = 40 } = schema;
  const text = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) });
  const isId = schema.pattern?.includes('A-Za-z0-9') === true;
  return (isId ? id : text).filter((value) => fitsString(schema, value));
}

function objectOf({ properties = {}, required = [], ...more }: Schema): fc.Arbitrary<unknown> {
  const [rest] = Object.entries(more.patternProperties ?? {});
  if (rest) {
    const key = stringOf({ pattern: rest[0], minLength: 1, maxLength: 20 });
    return fc.dictionary(key, valueOf(rest[1]), {
      maxKeys: Math.min(more.maxProperties ?? 3, 3),
      noNullPrototype: true,
    });
  }
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, valueOf(one)]),
  );
  return fc.record(values, { requiredKeys: [...required], noNullPrototype: true });
}

/** Something that is wrong with a value: what, and where (numbers choose a way down into it). */
interface Wrong {
  readonly kind: 'replace' | 'drop' | 'add' | 'rename';
  readonly way: readonly number[];
  readonly by: unknown;
  readonly key: string;
}

const wrong: fc.Arbitrary<Wrong> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'drop', 'add', 'rename'),
  way: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 15, arbitrary: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }) },
  ),
  by: junk,
  key: fc.constantFrom('__proto__', 'constructor', 'toString', 'id', 'type', 'userId', 'x', ''),
});

/** Goes the way down as far as there is one, and does the wrong there. */
function applyWrong(value: unknown, wrong: Wrong): unknown {
  if (typeof value !== 'object' || value === null) {
    return wrong.kind === 'replace' ? wrong.by : value;
  }
  const [step, ...way] = wrong.way;
  const names = Object.keys(value);
  const name = step === undefined ? undefined : names[step % names.length];
  if (name === undefined) return wrong.kind === 'add' ? withOdd(value, wrong) : wrong.by;
  const inner = (value as Record<string, unknown>)[name];
  return way.length > 0 && typeof inner === 'object' && inner !== null
    ? replaced(value, name, applyWrong(inner, { ...wrong, way }))
    : wrongAt(value, name, wrong);
}

const withOdd = (value: object, { key, by }: Wrong): unknown => withOddKey(value, key, by);

function wrongAt(value: object, name: string, wrong: Wrong): unknown {
  if (wrong.kind === 'add') return withOdd(value, wrong);
  if (wrong.kind === 'replace') return replaced(value, name, wrong.by);
  const kept = Object.entries(value).filter(([other]) => other !== name);
  const renamed = wrong.kind === 'rename' ? [[wrong.key, wrong.by]] : [];
  return Object.fromEntries([...kept, ...renamed]);
}

function replaced(value: object, name: string, by: unknown): unknown {
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === name ? by : v]));
  }
  return value.map((one: unknown, index) => (String(index) === name ? by : one));
}
