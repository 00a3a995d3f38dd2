/** What is shared with whom on which ground, where consent stands, and what is kept from whom (information-sharing, sections 1, 2 and 4). */
package org.thinkfamily.sharing;
