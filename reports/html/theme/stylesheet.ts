/** Owns how the stylesheet is put together; its text is hashed into the page's policy. */

import { BASE } from './base.ts';
import { CHARTS } from './charts.ts';
import { DRILLDOWN } from './drilldown.ts';
import { paletteClasses, paletteVariables } from './palette.ts';
import { PRINT } from './print.ts';
import { TABLES } from './tables.ts';

const LIGHT = `color-scheme:light;--paper:#ffffff;--soft:#f5f6f8;--line:#dde1e6;--ink:#1a1f26;--muted:#566170;--link:#0b5cad;
--pass:#166b2e;--pass-soft:#e3f5e8;--warn:#8a5a00;--warn-soft:#fdf1d6;--bad:#b3261e;--bad-soft:#fde8e6;--skip:#a9b2bd;--skip-soft:#eef0f3;${paletteVariables('light')}`;
const DARK = `color-scheme:dark;--paper:#10141a;--soft:#181e26;--line:#303945;--ink:#e7ebf0;--muted:#a1adbb;--link:#7cb8ff;
--pass:#5fd38a;--pass-soft:#12301e;--warn:#f0bd5a;--warn-soft:#33270b;--bad:#ff8f86;--bad-soft:#43191a;--skip:#5c6875;--skip-soft:#232b35;${paletteVariables('dark')}`;

/** The whole stylesheet. */
export function stylesheet(): string {
  const themes = `:root{${LIGHT}}@media screen and (prefers-color-scheme:dark){:root{${DARK}}}`;
  return [themes, BASE, TABLES, DRILLDOWN, CHARTS, paletteClasses(), PRINT].join('\n');
}
