export interface IconImage {
  readonly size: number;
  readonly png: Buffer;
}
export function sourceOf(svg: string): string;
export function marked(png: Buffer, svg: string): Buffer;
export function readMark(png: Buffer): { readonly size: number; readonly source: string | null };
export function ico(images: readonly IconImage[]): Buffer;
export function icns(images: readonly IconImage[]): Buffer;
