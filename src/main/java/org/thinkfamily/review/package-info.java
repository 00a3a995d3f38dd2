/** Children who are looked after: the periods of care, their reviews and what the reviews decided. */
package org.thinkfamily.review;
