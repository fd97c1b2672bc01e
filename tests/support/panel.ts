/** The panel of a real desktop: xfce4-panel, with nothing on it but the part that shows tray icons. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bus } from './bus';
import { startChild, type Env } from './child';
import { building } from './cleanup';
import type { Display, ScreenWindow } from './display';

/** What keeps its settings, which it asks for at its start. Libraries lie in a folder of their processor. */
function settingsDaemon(): string {
  const found = readdirSync('/usr/lib')
    .map((folder) => `/usr/lib/${folder}/xfce4/xfconf/xfconfd`)
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error('There is no xfconfd.');
  return found;
}

export const panelHeight = 32;

const settings = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="${panelHeight}"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`;

export interface Panel {
  /** Where it is on the screen. */
  readonly window: ScreenWindow;
  close(): Promise<void>;
}

/** `folder`: a home of its own. */
export async function startPanel(bus: Bus, display: Display, folder: string): Promise<Panel> {
  return building(async (cleanup) => {
    const channels = join(folder, 'xfce4', 'xfconf', 'xfce-perchannel-xml');
    mkdirSync(channels, { recursive: true });
    writeFileSync(join(channels, 'xfce4-panel.xml'), settings);
    const env: Env = {
      ...display.env,
      ...bus.env,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_RUNTIME_DIR: folder,
      NO_AT_BRIDGE: '1',
    };
    cleanup.own(startChild(settingsDaemon(), [], { env }));
    cleanup.own(startChild('xfce4-panel', ['--disable-wm-check'], { env }));
    const window = await display.waitForWindow('xfce4-panel');
    return { window, close: () => cleanup.close() };
  });
}
