export interface DisplayEnvironment {
  readonly env: NodeJS.ProcessEnv;
  readonly stop: () => Promise<unknown>;
}
export function hasDisplay(env?: NodeJS.ProcessEnv): boolean;
export function displayEnvironment(say: (text: string) => void): Promise<DisplayEnvironment>;
