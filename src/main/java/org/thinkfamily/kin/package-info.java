/** How the people of a family are related, and who lives with whom, from when until when. */
package org.thinkfamily.kin;
