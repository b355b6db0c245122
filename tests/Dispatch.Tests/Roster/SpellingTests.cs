using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Roster;

/// <summary>What counts as the same, and what is no spelling of anything.</summary>
[TestClass]
public sealed class SpellingTests
{
    [TestMethod]
    [DataRow("d-0001", "d-0001")]
    [DataRow(" D-0001 ", "d-0001")]
    [DataRow("Ｄ－０００１", "d-0001", DisplayName = "full width")]
    [DataRow("d‐0001", "d-0001", DisplayName = "hyphen")]
    [DataRow("d–0001", "d-0001", DisplayName = "en dash")]
    [DataRow("d—0001", "d-0001", DisplayName = "em dash")]
    [DataRow("d−0001", "d-0001", DisplayName = "minus")]
    [DataRow("d 0001", "d 0001", DisplayName = "a space within is none")]
    public void Code_HoweverTyped_IsWhatIsStored(string typed, string stored) => Assert.AreEqual(stored, Spelling.Code(typed));

    [TestMethod]
    [DataRow("37100219900101123x", "37100219900101123X")]
    [DataRow("ａｂ １２", "AB12")]
    [DataRow("ab–12", "AB-12")]
    public void Number_HoweverTyped_IsWhatIsStored(string typed, string stored) => Assert.AreEqual(stored, Spelling.Number(typed));

    [TestMethod]
    [DataRow("买买提·吐尔逊", "买买提 • 吐尔逊")]
    [DataRow("Wang Wei", "ＷＡＮＧ　ｗｅｉ")]
    [DataRow("金明", "\uF90A明", DisplayName = "compatibility ideograph")]
    [DataRow("立明", "\u2F74明", DisplayName = "radical with an ideograph of its own")]
    public void NameKey_OfTwoSpellings_IsOne(string one, string other) => Assert.AreEqual(Spelling.NameKey(one), Spelling.NameKey(other));

    [TestMethod]
    [DataRow("王偉", "王伟", DisplayName = "two characters of two scripts are two names")]
    [DataRow("買買提", "\uFA0E買提", DisplayName = "a character of the block that is no compatibility ideograph")]
    public void NameKey_OfTwoNames_IsTwo(string one, string other) => Assert.AreNotEqual(Spelling.NameKey(one), Spelling.NameKey(other));

    [TestMethod]
    [DataRow("鲁K\u200BT0001", 3, 0x200B, DisplayName = "zero width")]
    [DataRow("\uFEFF鲁KT0001", 1, 0xFEFF, DisplayName = "byte order mark")]
    [DataRow("鲁KT0001\u202E", 8, 0x202E, DisplayName = "bidi")]
    [DataRow("王\uE863", 2, 0xE863, DisplayName = "private use, as old ideographs come")]
    [DataRow("王\U000F0000", 2, 0xF0000, DisplayName = "private use beyond 16 bits")]
    [DataRow("\U00020BB7野\u00AD", 3, 0xAD, DisplayName = "counted in characters, not in units of UTF-16")]
    [DataRow("王\uFFFD", 2, 0xFFFD, DisplayName = "lost in a conversion")]
    [DataRow("\u2EE2明", 1, 0x2EE2, DisplayName = "radical that is no ideograph")]
    [DataRow("葛\U000E0100", 2, 0xE0100, DisplayName = "variation selector")]
    [DataRow("a\u3164", 2, 0x3164, DisplayName = "filler")]
    [DataRow("a\n", 2, 0xA, DisplayName = "control")]
    public void FindUnfit_CharacterThatStandsForNothing_IsToldWithItsPlace(string text, int at, int value) =>
        Assert.AreEqual(new UnfitCharacter(at, value), Spelling.FindUnfit(text));

    [TestMethod]
    public void FindUnfit_HalfOfAPair_IsToldWithItsPlace() => Assert.AreEqual(new UnfitCharacter(2, 0xD800), Spelling.FindUnfit("a\uD800"));

    [TestMethod]
    [DataRow("鲁K·T0001")]
    [DataRow("O'Neill-王 ⿰氵朱")]
    [DataRow("\U00020BB7野家")]
    [DataRow("\uF90A")]
    [DataRow("")]
    public void FindUnfit_WhatPeopleWrite_IsNull(string text) => Assert.IsNull(Spelling.FindUnfit(text));

    [TestMethod]
    [DataRow("鲁KT0001")]
    [DataRow("鲁K T0001")]
    [DataRow("鲁k·t0001")]
    [DataRow("鲁K•T0001")]
    [DataRow("鲁K・T0001")]
    [DataRow("鲁K.T0001")]
    [DataRow("鲁K—T0001")]
    [DataRow("魯K·T0001")]
    [DataRow("鲁Ｋ·Ｔ０００１")]
    [DataRow("　鲁K　T0001 ")]
    [DataRow("鲁K·TOOOI")]
    public void PlateKey_OfAnySpelling_IsOne(string written) => Assert.AreEqual(Plates.KeyOf("鲁K·T0001"), Plates.KeyOf(written));

    [TestMethod]
    [DataRow("鲁K·T0001", "鲁K·T00001", DisplayName = "a character more")]
    [DataRow("鲁K·T0001", "苏K·T0001", DisplayName = "another province")]
    [DataRow("鲁K·T0001", "鲁B·T0001", DisplayName = "another city")]
    [DataRow("鲁O·T0001", "鲁0·T0001", DisplayName = "O of a city is no 0")]
    public void PlateKey_OfAnotherPlate_IsAnother(string one, string other) => Assert.AreNotEqual(Plates.KeyOf(one), Plates.KeyOf(other));

    [TestMethod]
    [DataRow("鲁K·T0001", null)]
    [DataRow("鲁K·T000", "plate-form", DisplayName = "one less than five")]
    [DataRow("鲁K·T00012", "plate-form", DisplayName = "six that are no new-energy serial")]
    [DataRow("鲁K·D12345", null, DisplayName = "small, electric")]
    [DataRow("鲁K·FA2345", null, DisplayName = "small, other, letter second")]
    [DataRow("鲁K·DAB345", "plate-form", DisplayName = "small, two letters behind the first")]
    [DataRow("鲁K·12345D", null, DisplayName = "large")]
    [DataRow("鲁K·1234AD", "plate-form", DisplayName = "large, a letter among the digits")]
    [DataRow("鲁K·L12345", "plate-form", DisplayName = "a letter that tells of no energy")]
    [DataRow("鲁K·D123456", "plate-form", DisplayName = "one more than six")]
    [DataRow("鲁K·1234学", null)]
    [DataRow("KT0001", "plate-province")]
    [DataRow("KD12345", "plate-province")]
    [DataRow("T0001", null, DisplayName = "no plate of the mainland is so short")]
    [DataRow("P1", null)]
    [DataRow("·", "plate-character")]
    [DataRow("鲁K·Т0001", "plate-character", DisplayName = "a Cyrillic letter")]
    [DataRow("鲁K\u200B·T0001", "character-unfit")]
    [DataRow(" ", "name-length")]
    public void Plate_ByItsForm_IsTakenOrRefused(string plate, string? refusal) => Assert.AreEqual(refusal, Plates.FindFault(plate)?.Code);
}
