requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('bare:usable')));
