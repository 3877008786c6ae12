// SPDX-License-Identifier: Apache-2.0
//! Who owns a session: eligibility, hand-over to the engine and take-back.

#![forbid(unsafe_code)]
