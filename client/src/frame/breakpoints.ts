/** Below this width the rail lies at the foot and the two panes are two tabs. */
export const NARROW = '(max-width: 899px)';
