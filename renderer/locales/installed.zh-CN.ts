/** The texts of home about the system that Peal is installed on, in simplified Chinese. */
import type * as en from './installed.en';
import type { Texts } from './texts';

export const callLink: Texts<typeof en.callLink> = {
  title: '呼叫 {name}？',
  notFoundTitle: '没有可呼叫的人',
  switchedOffTitle: '链接中的电话号码',
  looking: '正在查找 {wanted}…',
  found: '打开的链接请求发起这次通话。在你选择之前，不会呼叫任何人。',
  self: '打开的链接指向你自己。请从列表中选择其他人。',
  nobody: '你的服务器上没有人使用“{wanted}”。可以试试按姓名查找。',
  offline: '服务器没有响应，无法得知“{wanted}”是谁。连接恢复后请再次打开链接。',
  switchedOff:
    '打开了指向“{wanted}”的链接。目前 Peal 把链接中的电话号码留给其他程序。若要用 Peal 呼叫，请在“这台电脑”的设置中开启，然后再次打开链接。',
  cancel: '取消',
  close: '关闭',
  search: '搜索联系人',
  openSettings: '打开设置',
};

export const system: Texts<typeof en.system> = {
  startsAtSignIn: {
    title: '登录这台电脑时启动 Peal',
    hint: '启动时不显示窗口，来电可以立即接通。',
    obstacle: {
      'not-installed': '此 Peal 未安装到系统中。安装后，系统才能自动启动它。',
      foreign: '系统中已有一个不是由 Peal 创建的启动项。请在系统中修改。',
      refused: '系统未作更改。请在系统设置中查看登录时启动的程序。',
    },
  },
  opensPhoneLinks: {
    title: '用 Peal 打开链接中的电话号码',
    hint: '适用于网页和邮件中的链接（tel: 和 callto:）。呼叫之前一定会先询问你。',
    obstacle: {
      'not-installed': '此 Peal 未安装到系统中。安装后，系统才能用它打开链接。',
      foreign: '系统用其他程序打开这些链接。请在系统中修改。',
      refused: '系统未作更改。请在系统设置中选择打开电话链接的程序。',
    },
  },
};
