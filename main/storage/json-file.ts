/**
 * One small JSON file. Writes are whole or not at all: to a file beside it, flushed, then renamed. A file that cannot
 * be read as what it should be is reported and counts as absent.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import type Type from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { DeepReadonly } from '#protocol/deep-readonly';
import type { Log } from '../log';

const maxBytes = 1024 * 1024;

export interface JsonFileOptions<S extends Type.TSchema> {
  readonly path: string;
  readonly schema: S;
  /** File permissions; 0o600 for what only this user may read. */
  readonly mode: number;
  readonly log: Log;
}

export class JsonFile<S extends Type.TSchema> {
  readonly #path: string;
  readonly #mode: number;
  readonly #log: Log;
  readonly #validator: Validator;

  constructor({ path, schema, mode, log }: JsonFileOptions<S>) {
    this.#path = path;
    this.#mode = mode;
    this.#log = log;
    this.#validator = Compile(schema);
  }

  read(): DeepReadonly<Type.Static<S>> | null {
    try {
      const value: unknown = JSON.parse(readText(this.#path));
      if (this.#validator.Check(value)) return value as DeepReadonly<Type.Static<S>>;
      this.#log.warn(`storage: ${this.#name} has another shape, starting anew`);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        this.#log.warn(`storage: ${this.#name} cannot be read (${codeOf(error)}), starting anew`);
      }
    }
    return null;
  }

  /** A full or read-only disk must not end a call: it is reported and the app goes on. */
  write(value: DeepReadonly<Type.Static<S>>): void {
    const temporary = `${this.#path}.tmp`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      // Permissions count only for a file that is made here, so an old one goes first.
      rmSync(temporary, { force: true });
      const file = openSync(temporary, 'wx', this.#mode);
      try {
        writeSync(file, JSON.stringify(value, null, 2));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, this.#path);
    } catch (error) {
      this.#log.error(`storage: ${this.#name} cannot be written (${codeOf(error)})`);
    }
  }

  remove(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch (error) {
      this.#log.error(`storage: ${this.#name} cannot be removed (${codeOf(error)})`);
    }
  }

  get #name(): string {
    return basename(this.#path);
  }
}

/** A pipe or a device would never end, and what is this large is none of ours. */
function readText(path: string): string {
  const stat = statSync(path);
  if (!stat.isFile() || stat.size > maxBytes) throw new Error('no file of ours');
  return readFileSync(path, 'utf8');
}

function codeOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'no JSON';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.message : String(error);
}
