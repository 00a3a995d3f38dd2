/** Referrals to children's services: who referred whom, what was decided and how fast, and whether the referrer agrees. */
package org.thinkfamily.referral;
