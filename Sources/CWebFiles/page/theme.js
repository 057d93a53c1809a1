// Runs before anything is painted, so that a chosen theme doesn't flash in the other one. Not a module for that reason.
(() => {
  const chosen = localStorage.getItem("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
})();
