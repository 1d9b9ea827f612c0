// Puts a button beside each command that copies it. Without it, a click marks the whole command.
for (const code of document.querySelectorAll("code.copy")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copier";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  if (navigator.clipboard) code.after(button);
}

// Has a page again that changes by itself, unless somebody is at something on it. Without it, there is a link.
const again = document.querySelector("[data-again]");
if (again) {
  setInterval(() => {
    if (!again.contains(document.activeElement)) location.reload();
  }, 1000 * Number(again.dataset.again));
}
