/**
 * What becomes of home when a person closes it: the phone goes on ringing. Where the tray shows icons it goes there,
 * and the first time the person is told so; anywhere else it is minimised, since nothing would bring it back.
 */
export interface CloseHomePorts {
  readonly home: { hide(): void; minimize(): void };
  readonly outside: {
    ensureTray(): Promise<boolean>;
    /** False: nobody was told. */
    sayHidden(): Promise<boolean>;
  };
  /** Whether the person was told, in any run. */
  readonly told: { get(): boolean; set(): void };
}

export async function closeHome({ home, outside, told }: CloseHomePorts): Promise<void> {
  if (!(await outside.ensureTray())) {
    home.minimize();
    return;
  }
  home.hide();
  if (!told.get() && (await outside.sayHidden())) told.set();
}
