/**
 * How home begins. Started by the system and not by a person it stays out of sight: in the tray, or, where no tray would
 * bring it back, among the minimised windows.
 */
export interface OpenHomePorts {
  readonly home: {
    open(): Promise<void>;
    openHidden(): Promise<void>;
    comeBackMinimized(): void;
  };
  readonly outside: { ensureTray(): Promise<boolean> };
}

export async function openHome(
  { home, outside }: OpenHomePorts,
  startsHidden: boolean,
): Promise<void> {
  if (!startsHidden) return home.open();
  await home.openHidden();
  if (!(await outside.ensureTray())) home.comeBackMinimized();
}
