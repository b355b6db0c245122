// What markup alone cannot do for the wall: keep its filter in the address, and open a drawer that holds the keyboard until it is closed and then gives it back.
export const keep = address => history.replaceState(history.state, "", address);

// A drawer that was closed while the server's word was on its way is no longer there to be opened.
export const open = drawer => drawer?.showModal();

export const focus = selector => document.querySelector(selector)?.focus();
