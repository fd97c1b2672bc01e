/** The shape of a language's texts: the keys of the first language, any words. A missing key does not compile. */
export type Texts<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]>;
};
