"""How fast is it, beside the least that could be done?"""
