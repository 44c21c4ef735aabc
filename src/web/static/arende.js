// Progressive enhancement: every page works without this file. Each module looks for its own markup.
import { guardForms, countCharacters, sendByKey, focusErrors } from "./forms.js";
import { watchSelection } from "./queue.js";
import { listenForKeys } from "./keys.js";

guardForms(document);
countCharacters(document);
sendByKey(document);
focusErrors(document);
watchSelection(document);
listenForKeys(document);
