/** A phone as the camera of an order. */

import { start } from "remonta/photos";

start();
