export interface Drawing {
  readonly svg: string;
  readonly size: number;
}
export function appPictures(drawing: string): readonly Drawing[];
export function pictures(drawing: string): readonly (Drawing & { readonly file: string })[];
