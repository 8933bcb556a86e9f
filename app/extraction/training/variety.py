"""More names than a small treebank holds: sentences retold with other people in them, and set in capitals.

GUM's people are mostly Western. A retold sentence gives each personal name another one, put together from given names
and surnames of one naming tradition, written here from general knowledge.
"""

from __future__ import annotations

import random

Tagged = list[tuple[str, str]]
"""A sentence as words with BIOES tags."""

TRADITIONS = tuple(
    (given.split(), family.split())
    for given, family in (
        (
            "Sergei Sergey Vladimir Dmitry Maria Alexei Olga "
            "Mikhail Yekaterina Natalia Igor Yuri Anatoly Oleksandr Kyrylo",
            "Ivanov Petrova Kuznetsov Sokolova Morozov Volkov "
            "Zaitsev Kovalenko Shevchuk Bondarenko Orlov Belousov Rogov",
        ),
        (
            "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin Mao Hua",
            "Wei Fang Jianguo Xiaoming Yi Lijian Ning Wenbin Jun Hong Meiling Guoqiang Chunying Haiyan Zhijun Bo Tao",
        ),
        (
            "Ahmed Mohammed Fatima Hassan Ali Omar Khalid Layla "
            "Abdullah Ibrahim Yusuf Nasser Mahmoud Amina Hossein Reza",
            "al-Masri Hamdan Al-Rashid Mansour Haddad Khalil Darwish "
            "Abbasi Karimi Rahmani Saleh Nasrallah Zarif Qasimi",
        ),
        (
            "Rajesh Priya Amit Sunita Arjun Kavita Sanjay Anil Deepa Vikram Imran Ayesha Bilal Nadia Ashok",
            "Sharma Patel Gupta Singh Kumar Iyer Chaudhry Khan Bhattacharya Reddy Mehta Malik Qureshi Perera Joshi",
        ),
        (
            "Kim Park Lee Choi Jung Kang Cho Yoon Lim Han Shin Seo Kwon",
            "Min-jun Seo-yeon Ji-hoon Yeo-jong Sung-ho Jae-in Soo-jin Dong-hyun Eun-ji Tae-woo Young-ho",
        ),
        (
            "Kenji Yuki Haruto Sakura Takeshi Naoko Shinzo Hiroshi Akiko Fumio Taro",
            "Tanaka Suzuki Yamamoto Watanabe Ito Nakamura Kobayashi Kishida Sato Fujimoto Mori",
        ),
        (
            "Mehmet Ayşe Mustafa Emine Recep Elif Murat Zeynep Hakan Kemal",
            "Yılmaz Demir Kaya Çelik Şahin Öztürk Arslan Doğan Aydın Koç",
        ),
        (
            "Kwame Amara Chinedu Ngozi Oluwaseun Thabo Nomvula Abebe Wanjiku Fatou Kofi Tendai Paul",
            "Okafor Mensah Dlamini Adeyemi Mwangi Ndiaye Tesfaye Kagame Mokoena Diallo Osei Nkosi Odinga",
        ),
        (
            "José María Carlos Lucía Luis Ana Andrés Gabriela Juan Camila Luiz Fernanda Miguel",
            "García Hernández López Martínez Silva Ferreira Castillo Rojas Vargas Mendoza Oliveira Fernández Quispe",
        ),
        (
            "Giulia Marco Giuseppe Hans Anneliese Pierre Amélie "
            "Björn Ingrid Piotr Agnieszka Viktor Zsófia Andrej Milena",
            "Rossi Bianchi Schmidt Müller Dubois Lefèvre Andersson Nowak Kowalska Horvát Novák Jovanović Papadopoulos",
        ),
        (
            "James Mary Robert Patricia John Jennifer Michael Linda David Susan Emily Daniel Rachel Aaron Gavin Nicole",
            "Smith Johnson Brown Davis Wilson Clarke Walker "
            "Hughes Bennett Murphy Campbell Fletcher Okonkwo Harper O'Brien",
        ),
    )
)


def retold(sentence: Tagged, rng: random.Random) -> Tagged | None:
    """The sentence with every person renamed, or nothing where it names none."""
    if not any(tag.endswith("-PERSON") for _, tag in sentence):
        return None
    told: Tagged = []
    for word, tag in sentence:
        if tag in ("B-PERSON", "S-PERSON"):
            told += _tagged(_name(rng, full=tag == "B-PERSON"))
        elif not tag.endswith("-PERSON"):
            told.append((word, tag))
    return told


def capitals(sentence: Tagged) -> Tagged:
    """The sentence as a headline in capitals."""
    return [(word.upper(), tag) for word, tag in sentence]


def _name(rng: random.Random, full: bool) -> list[str]:
    given, family = rng.choice(TRADITIONS)
    if not full:
        return _split(rng.choice(family))
    middle = [f"{rng.choice('ABCDEFGHJKLMNPRSTW')}."] if rng.random() < 0.08 else []
    return [*_split(rng.choice(given)), *middle, *_split(rng.choice(family))]


def _split(part: str) -> list[str]:
    """GUM parts `Min-jun` at the hyphen."""
    first, hyphen, second = part.partition("-")
    return [first, hyphen, second] if hyphen else [first]


def _tagged(words: list[str]) -> Tagged:
    if len(words) == 1:
        return [(words[0], "S-PERSON")]
    inner = [(word, "I-PERSON") for word in words[1:-1]]
    return [(words[0], "B-PERSON"), *inner, (words[-1], "E-PERSON")]
