/**
 * One small JSON file. Writes are whole or not at all. A file that cannot be read as what it should be is reported and
 * counts as absent.
 */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type Type from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { DeepReadonly } from '#protocol/deep-readonly';
import type { Log } from '../log';
import { writeWhole } from './whole-file';

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
    try {
      writeWhole(this.#path, JSON.stringify(value, null, 2), this.#mode);
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
