using System.Globalization;
using System.Security.Cryptography;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>What people leave behind, as roughly as a driver needs it to look.</summary>
internal enum PropertyKind { Phone, Wallet, Papers, Bag, Keys, Clothing, Other }

internal enum LossStatus
{
    /// <summary>Waits for a person's look before drivers are asked: there were many of this cab at once.</summary>
    Held,

    /// <summary>The drivers are asked.</summary>
    Open,

    /// <summary>A thing that was found may be it.</summary>
    Found,

    /// <summary>The owner has it, and said so by the code.</summary>
    Returned,

    /// <summary>An officer has ended the search.</summary>
    NotFound,

    /// <summary>The passenger looks for it no more.</summary>
    Withdrawn,
}

internal enum LossSignal { Release, Match, Unmatch, Return, Close, Withdraw }

/// <summary>
/// A passenger misses something. Drivers are told its kind, day and cab, and what it looks like only once they have registered what they found: that is what
/// the owner is known by. Who asks is not in it; the contact lies apart (<see cref="LossContact"/>).
/// </summary>
internal sealed class Loss
{
    public const int MaxDescription = 500;

    /// <summary>Wrong codes at handing over; after that an officer joins thing and owner again, which makes a new code.</summary>
    public const int MaxWrongCodes = 5;

    private const int CodeDigits = 6;

    public long Id { get; init; }

    /// <summary><c>l-000123</c>, for the bureau and the drivers.</summary>
    public string Number => $"l-{Id:D6}";

    /// <summary>A <see cref="ShortCode"/>, for the passenger.</summary>
    public required string Receipt { get; init; }

    /// <summary>Made when the form was first drawn: the same form sent twice is one loss.</summary>
    public required Guid Submission { get; init; }

    public required int CabId { get; init; }

    public Cab Cab { get; init; } = null!;

    public required PropertyKind Kind { get; init; }

    /// <summary>What it looks like, 1 to <see cref="MaxDescription"/> characters; for the bureau, and for who has found something that may be it.</summary>
    public required string Description { get; init; }

    public required DateOnly LostOn { get; init; }

    /// <summary>Hour of the day in the city, 0 to 23, in which the ride was; null where it is not remembered.</summary>
    public int? LostHour { get; init; }

    /// <summary>System time, from which the hours for an answer count.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Day at the bureau.</summary>
    public required DateOnly SubmittedOn { get; init; }

    public LossStatus Status { get; private set; } = LossStatus.Open;

    /// <summary>Six digits that the owner tells who hands the thing over; null until something is found that may be it.</summary>
    public string? OwnerCode { get; private set; }

    /// <summary>How often another code was tried, since <see cref="OwnerCode"/> was made.</summary>
    public int WrongCodes { get; private set; }

    /// <summary>Day at the bureau on which it was returned, ended or withdrawn.</summary>
    public DateOnly? SettledOn { get; private set; }

    /// <summary>Why an officer ended the search.</summary>
    public string? Remark { get; private set; }

    /// <summary>Concurrency token.</summary>
    public Guid Version { get; private set; }

    public bool IsLocked => WrongCodes >= MaxWrongCodes;

    /// <summary>One that has just come in, before anybody is asked.</summary>
    public void HoldBack() => Status = LossStatus.Held;

    /// <summary>The whole state machine; pairs that are not in it are refused.</summary>
    public static bool TryNext(LossStatus from, LossSignal signal, out LossStatus to)
    {
        LossStatus? next = (from, signal) switch
        {
            (LossStatus.Held, LossSignal.Release) => LossStatus.Open,
            // Things turn up after the search has ended.
            (LossStatus.Held or LossStatus.Open or LossStatus.NotFound, LossSignal.Match) => LossStatus.Found,
            (LossStatus.Found, LossSignal.Unmatch) => LossStatus.Open,
            (LossStatus.Found, LossSignal.Return) => LossStatus.Returned,
            (LossStatus.Held or LossStatus.Open, LossSignal.Close) => LossStatus.NotFound,
            (LossStatus.Held or LossStatus.Open or LossStatus.Found, LossSignal.Withdraw) => LossStatus.Withdrawn,
            _ => null,
        };
        to = next ?? from;
        return next is not null;
    }

    /// <param name="today">Day at the bureau.</param>
    public Refusal? Move(LossSignal signal, DateOnly today)
    {
        if (!TryNext(Status, signal, out var to))
            return Refusal.Conflict("loss-out-of-step", $"Loss {Number} is {Status}; it cannot take '{signal}'.");
        (Status, Version) = (to, Guid.NewGuid());
        SettledOn = to is LossStatus.Returned or LossStatus.NotFound or LossStatus.Withdrawn ? today : null;
        (OwnerCode, WrongCodes) = to switch
        {
            LossStatus.Found => (NewCode(), 0),
            LossStatus.Returned => (OwnerCode, WrongCodes),
            _ => (null, 0),
        };
        return null;
    }

    public void Remarked(string remark) => Remark = remark;

    /// <summary>Whether this is what the owner was given; counted where it is not.</summary>
    /// <param name="typed">In digits of either width, with or without spaces.</param>
    public bool IsOwnersCode(string? typed)
    {
        var digits = string.Concat(Spelling.Folded(typed ?? "").Where(char.IsAsciiDigit));
        if (OwnerCode is not null && CryptographicOperations.FixedTimeEquals(Bytes(digits), Bytes(OwnerCode)))
            return true;
        (WrongCodes, Version) = (WrongCodes + 1, Guid.NewGuid());
        return false;
    }

    /// <summary>Of a <see cref="Number"/>; null if it is none.</summary>
    public static long? IdOf(string number) =>
        number.StartsWith("l-", StringComparison.Ordinal) && long.TryParse(number.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private static string NewCode() => RandomNumberGenerator.GetString("0123456789", CodeDigits);

    private static byte[] Bytes(string digits) => System.Text.Encoding.ASCII.GetBytes(digits);
}

/// <summary>How to reach who misses something, sealed, in a table of its own. Erased after the time of passengers' contacts.</summary>
internal sealed class LossContact
{
    public required long LossId { get; init; }

    /// <summary>By <see cref="Passengers.Reports.ContactSeal"/>.</summary>
    public required byte[] Sealed { get; init; }
}
