using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>What becomes of the city by a register, in the order in which it is done.</summary>
internal enum RegisterChangeKind { AddTeam, ChangePlate, AddCab, AddDriver, Move, Return, Leave }

/// <summary>One change.</summary>
/// <param name="Line">Of the file; 0 for who is not in it.</param>
/// <param name="Subject">Code of the team, cab or driver.</param>
/// <param name="Before">What was; empty for what is new.</param>
/// <param name="After">What is to be: a team's or a driver's name, a cab's plate, the code of a home cab.</param>
/// <param name="Within">Code of the team of a cab, of the home cab of a driver.</param>
internal sealed record RegisterChange(RegisterChangeKind Kind, int Line, string Subject, string Before, string After, string Within = "");

/// <summary>Where register and city say different things, and which of them is right is for a person to put in its own place.</summary>
/// <param name="Column">Name of a driver or a team, or the team of a cab.</param>
internal sealed record RegisterDiffers(int Line, RegisterColumn Column, string Subject, string Here, string There);

/// <summary>The difference between a register and the city.</summary>
/// <param name="Unchanged">Drivers of the register of whom nothing changes.</param>
/// <param name="LeftOut">Drivers of the city who are on the register and not in the file, by code. Of a whole register they leave.</param>
internal sealed record RegisterPlan(
    IReadOnlyList<RegisterChange> Changes, IReadOnlyList<RegisterDiffers> Differs, IReadOnlyList<RegisterFault> Faults, int Unchanged,
    IReadOnlyList<string> LeftOut, int OnRegister)
{
    /// <summary>Changes that are carried out at once; so long the city's other writers wait.</summary>
    public const int MaxChanges = 1_000;

    /// <summary>Leavers that nobody is asked about; a file that was cut in half has more.</summary>
    private const int FewLeavers = 5;

    /// <summary>Share of the drivers on the register, in percent.</summary>
    private const int MaxLeavers = 10;

    public int Leavers => Changes.Count(change => change.Kind == RegisterChangeKind.Leave);

    /// <summary>So many leave that a person must say how many they mean.</summary>
    public bool IsHeld => Leavers > FewLeavers && Leavers * 100 > OnRegister * MaxLeavers;

    /// <summary>Of the changes: whoever carries them out has seen these and no others.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Changes.Select(change => string.Join(
        '\u001f', change.Kind.ToString(), change.Line.ToString(CultureInfo.InvariantCulture), change.Subject, change.Before, change.After, change.Within))))));
}
