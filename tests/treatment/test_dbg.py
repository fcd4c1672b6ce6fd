from collections import Counter
from tests.treatment import test_beds_machine as m
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from datetime import timedelta
def test_x(clinic):
    c=Counter()
    def do(self, name, act):
        type(self).tried += 1
        self.now += timedelta(minutes=1)
        try:
            with transaction.atomic(): act()
        except (ValidationError, IntegrityError) as error: c[name, m.code_of(error)]+=1
        else: c[name,'']+=1; type(self).done.add(name)
    m.Beds.do=do
    m.run(clinic, steps=600, each=50)
    for k,v in sorted(c.items()): print(k,v)
