using System.Text.RegularExpressions;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Sheets;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>Something in a register that keeps all of it from being carried out.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Column">Null where the whole line is meant.</param>
/// <param name="Kind">Kebab-case; the page has a sentence for each.</param>
/// <param name="Value">What stands there; empty where it must not be repeated.</param>
/// <param name="Other">What it is at odds with: another line, cab or team.</param>
internal sealed record RegisterFault(int Line, RegisterColumn? Column, string Kind, string Value = "", string Other = "");

/// <summary>A driver as a register has them.</summary>
/// <param name="Driver">Public code, in its one spelling.</param>
/// <param name="Cab">Code of the home cab; null where the register has none.</param>
/// <param name="Plate">As written; null where the register has none.</param>
/// <param name="Team">Code of the cab's team; null where the register has none.</param>
internal sealed partial record RegisterLine(int Line, string Driver, string Name, string? Cab, string? Plate, string? Team, string? TeamName)
{
    public const int MaxName = 64;

    /// <summary>What the line says beside where it stands: two lines that say the same are one.</summary>
    public string Said => $"{Name}|{Cab}|{(Plate is null ? null : Plates.KeyOf(Plate))}|{Team}|{(TeamName is null ? null : Spelling.NameKey(TeamName))}";

    /// <returns>Null if the line has faults.</returns>
    public static RegisterLine? Read(SheetRow row, RegisterColumns columns, List<RegisterFault> faults)
    {
        var before = faults.Count;
        var line = new RegisterLine(
            row.Line, Code(RegisterColumn.Driver) ?? "", Text(RegisterColumn.Name) ?? "", Code(RegisterColumn.Cab), Text(RegisterColumn.Plate),
            Code(RegisterColumn.Team), Text(RegisterColumn.TeamName));
        if (line.Driver.Length == 0 && !HasFault(RegisterColumn.Driver))
            Fault(RegisterColumn.Driver, "driver-missing");
        if (line.Name.Length == 0 && !HasFault(RegisterColumn.Name))
            Fault(RegisterColumn.Name, "name-missing");
        if (line is { Cab: null, Plate: null } && !HasFault(RegisterColumn.Cab) && !HasFault(RegisterColumn.Plate))
            Fault(columns.Places.ContainsKey(RegisterColumn.Plate) ? RegisterColumn.Plate : RegisterColumn.Cab, "cab-missing");
        if (line.Plate is { } plate && Plates.FindFault(plate) is { Code: not "plate-province" })
            Fault(RegisterColumn.Plate, "plate-form", plate);
        return faults.Count == before ? line : null;

        string? Code(RegisterColumn column)
        {
            if (Text(column) is not { } text)
                return null;
            var code = Spelling.Code(text);
            if (RosterRules.CheckCode(code) is not null)
                Fault(column, "code-form", text);
            return code;
        }

        string? Text(RegisterColumn column)
        {
            var text = columns.Places.TryGetValue(column, out var place) ? row[place] : "";
            if (text.Length == 0)
                return null;
            if (PersonalNumber(text) is { } number)
                Fault(column, number);
            else if (text.Length > MaxName)
                Fault(column, "text-oversize", text[..20] + "…");
            else if (Spelling.FindUnfit(text) is { } unfit)
                Fault(column, "character-unfit", unfit.ToString(), $"{unfit.At}");
            else
                return text;
            return null;
        }

        bool HasFault(RegisterColumn column) => faults.Skip(before).Any(fault => fault.Column == column);

        void Fault(RegisterColumn column, string kind, string value = "", string other = "") => faults.Add(new(row.Line, column, kind, value, other));
    }

    /// <summary>
    /// Numbers that stand for a person elsewhere have no place in a register of codes that everybody sees. They are refused without being repeated.
    /// </summary>
    private static string? PersonalNumber(string text)
    {
        var digits = string.Concat(Spelling.Folded(text).Where(c => !char.IsWhiteSpace(c) && c != '-'));
        return IdentityNumber().IsMatch(digits) ? "identity-number"
            : TelephoneNumber().IsMatch(digits) ? "telephone-number"
            : BankNumber().IsMatch(digits) ? "bank-number"
            : null;
    }

    /// <summary>GB 11643: six digits of a place, a day of birth, three digits and a check digit.</summary>
    [GeneratedRegex(@"^[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$")]
    private static partial Regex IdentityNumber();

    [GeneratedRegex(@"^(\+?86)?1[3-9]\d{9}$")]
    private static partial Regex TelephoneNumber();

    /// <summary>Cards of UnionPay.</summary>
    [GeneratedRegex(@"^62\d{14,17}$")]
    private static partial Regex BankNumber();
}
