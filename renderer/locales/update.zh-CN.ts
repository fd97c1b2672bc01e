/** The texts of home about newer versions of Peal, in Simplified Chinese. */
import type { update as english } from './update.en';
import type { Texts } from './texts';

export const update: Texts<typeof english> = {
  step: {
    announced: 'Peal {version} 已发布。',
    waiting: 'Peal {version} 已发布，通话结束后开始下载。',
    fetching: 'Peal {version} 已发布，正在下载。',
    ready: 'Peal {version} 已可安装。',
  },
  new: '新内容',
  page: '查看介绍页面',
  install: '安装并退出',
  dismiss: '以后再说',
  check: '检查新版本',
  look: {
    looking: '正在检查…',
    newest: '已是最新版本。',
    failed: '新版本服务没有正常回应，请稍后再试。',
  },
  problem: {
    'in-call': '安装时 Peal 需要退出，请在通话结束后安装。',
    failed: '未能开始安装。请在设置中重新检查新版本。',
  },
};
