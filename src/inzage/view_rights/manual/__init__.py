"""The manual for partners: how to get, use and lose a view right, made from the policy and the rules in force."""
