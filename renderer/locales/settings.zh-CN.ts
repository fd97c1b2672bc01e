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
  server: '服务器',
  version: 'Peal 版本',
  secret: {
    title: '登录信息的保存位置',
    keystore: '保存在系统的密钥库中，由你的系统账户解锁。',
    file: '保存在一个文件中，只有你在这台电脑上的账户可以读取。系统没有为 Peal 提供密钥库。',
    none: '尚未保存：服务器允许登录后才会保存。',
  },
};
