/** Who is in the pictures. */
import type { Person } from '../../tests/support/people';

const password = 'nobody needs to know';

/** As long as a name in a company gets: forty signs. */
export const longNamed: Person = {
  userId: 'max',
  name: 'Maximiliane Friederike von Oberhausen-Li',
  password,
};

export const anna: Person = { userId: 'anna', name: 'Anna Li', password };
export const bao: Person = { userId: 'bao', name: 'Bao Chen', password };

const firstNames = [
  ...['Ada', 'Ben', 'Carla', 'Dmitri', 'Elif', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jun'],
  ...['Kofi', 'Lena', 'Mateo', 'Nadia', 'Oskar', 'Priya', 'Quinn', 'Rosa', 'Sven', 'Tala'],
];
const lastNames = ['Abe', 'Brandt', 'Costa', 'Dahl', 'Eze', 'Fischer', 'Garcia', 'Haddad', 'Ito'];
const chinese = ['王小明', '李娜', '欧阳修远', '张伟', '刘洋'];

/** Two hundred colleagues, the one with the long name among them. */
export const company: readonly Person[] = [
  longNamed,
  bao,
  ...chinese.map((name, n) => ({ userId: `c${n}`, name, password })),
  ...firstNames.flatMap((first, n) =>
    lastNames.map((last, m) => ({ userId: `p${n}x${m}`, name: `${first} ${last}`, password })),
  ),
  ...firstNames.slice(0, 13).map((first, n) => ({
    userId: `q${n}`,
    name: `${first} Jansen`,
    password,
  })),
];

/** The few of the README. */
export const colleagues: readonly Person[] = [
  ['chen', 'Chen Wu'],
  ['deng', 'Deng Wei'],
  ['elif', 'Elif Yılmaz'],
  ['frida', 'Frida Holm'],
  ['goran', 'Goran Petrov'],
  ['hana', 'Hana Sato'],
].map(([userId = '', name = '']) => ({ userId, name, password }));
