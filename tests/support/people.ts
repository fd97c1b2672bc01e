/** The people of the tests. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly password: string;
}

export const anna: Person = { userId: 'anna', name: 'Anna Li', password: 'a quiet morning' };
export const chen: Person = { userId: 'chen', name: 'Chen Wu', password: 'a clear noon' };
export const bao: Person = { userId: 'bao', name: 'Bao Chen', password: 'a loud evening' };
export const dora: Person = { userId: 'dora', name: 'Dora Klein', password: 'a bright night' };
export const emil: Person = { userId: 'emil', name: 'Emil Roth', password: 'a late supper' };
