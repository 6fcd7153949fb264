/**
 * Domains that belong to no organization, told early and kindly: nobody could set the record that proves them. Neither
 * list has to be complete.
 */

/** Mail for everybody. */
export const freeMailDomains: ReadonlySet<string> = new Set(
  `
  gmail.com googlemail.com
  outlook.com outlook.kr outlook.de outlook.fr outlook.jp hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.it
  hotmail.es live.com live.co.uk live.fr live.de live.nl msn.com passport.com windowslive.com
  yahoo.com yahoo.co.uk yahoo.co.jp yahoo.co.in yahoo.co.kr yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.com.br
  yahoo.com.au ymail.com rocketmail.com aol.com aol.de aim.com verizon.net
  icloud.com me.com mac.com
  proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io hey.com fastmail.com fastmail.fm hushmail.com mail.com
  email.com zoho.com zohomail.com inbox.com
  gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de arcor.de posteo.de mailbox.org
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it telenet.be skynet.be ziggo.nl bluewin.ch
  comcast.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net btinternet.com sky.com
  naver.com daum.net hanmail.net kakao.com nate.com korea.com
  qq.com foxmail.com 163.com 126.com yeah.net sina.com sohu.com aliyun.com 139.com
  mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net seznam.cz wp.pl o2.pl onet.pl interia.pl
  uol.com.br bol.com.br terra.com.br rediffmail.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp
  mailinator.com guerrillamail.com yopmail.com 10minutemail.com temp-mail.org
  `
    .trim()
    .split(/\s+/),
);

/** Endings of two parts under which everybody registers, as the Public Suffix List has them (publicsuffix.org). */
export const publicSuffixes: ReadonlySet<string> = new Set(
  `
  co.uk org.uk ac.uk gov.uk ltd.uk plc.uk me.uk net.uk sch.uk
  co.kr or.kr ac.kr go.kr ne.kr re.kr pe.kr co.jp or.jp ac.jp go.jp ne.jp gr.jp
  com.au net.au org.au edu.au gov.au id.au co.nz org.nz net.nz ac.nz govt.nz
  com.br net.br org.br gov.br com.mx org.mx com.ar com.co com.pe com.ve com.uy com.ec
  com.cn net.cn org.cn gov.cn edu.cn com.hk org.hk com.tw org.tw com.sg edu.sg com.my com.ph com.vn co.th or.th co.id or.id
  co.in net.in org.in gov.in ac.in com.pk com.bd com.np
  co.za org.za co.ke co.tz com.ng com.gh com.eg com.sa com.tr org.tr co.il org.il com.ua com.pl net.pl org.pl co.at or.at
  com.es com.pt com.gr com.cy com.mt com.ro
  github.io gitlab.io pages.dev workers.dev vercel.app netlify.app herokuapp.com web.app firebaseapp.com
  azurewebsites.net cloudfront.net blogspot.com
  `
    .trim()
    .split(/\s+/),
);
