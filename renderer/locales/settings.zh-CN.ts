/** The settings in simplified Chinese. */
import type { settings as en } from './settings.en';
import type { Texts } from './texts';

export const settings: Texts<typeof en> = {
  title: '设置',
  back: '返回',
  you: '个人资料',
  devices: '设备',
  look: '外观',
  computer: '这台电脑',
  language: {
    question: '语言',
    system: '跟随系统',
    en: 'English',
    zh: '简体中文',
  },
  theme: {
    question: '浅色或深色',
    system: '跟随系统',
    light: '浅色',
    dark: '深色',
  },
  mini: {
    title: '自动切换为小窗',
    hint: '当你转到其他程序时，通话变为小窗。',
    byHand:
      '当你转到其他程序时，通话变为小窗。此桌面不允许 Peal 自行将窗口置顶：请在窗口中按 Alt+空格，然后选择“置顶”。',
  },
  server: '服务器',
  version: 'Peal 版本',
  secret: {
    title: '登录信息的保存位置',
    keystore: '保存在系统的密钥库中，由你的系统账户解锁。',
    file: '保存在一个文件中，只有你在这台电脑上的账户可以读取。系统没有为 Peal 提供密钥库。',
    none: '尚未保存：服务器允许登录后才会保存。',
  },
};
