namespace TaxiCredit.Dispatch.Features.Passengers;

/// <summary>What a city sets about its passengers' pages: section <c>Passengers</c> of the configuration.</summary>
internal sealed class PassengerSettings
{
    public const string Section = "Passengers";

    /// <summary>Name of the company that runs the cabs, as passengers know it; not told where it is empty.</summary>
    public string Company { get; set; } = "";

    /// <summary>
    /// Where passengers reach this server, as the stickers say it: <c>https://taxi.example</c>. Empty: the address at which the stickers are requested.
    /// </summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>Conduct code of the rulebook for a passenger's praise.</summary>
    public string PraiseCode { get; set; } = "M07";

    /// <summary>Reports on one cab within <see cref="QuarantineHours"/> that are taken as they come; those beyond wait for a person. 1 to 1,000.</summary>
    public int ReportsOfCab { get; set; } = 4;

    /// <summary>The same from one network address. 1 to 1,000.</summary>
    public int ReportsFromAddress { get; set; } = 3;

    /// <summary>Hours, 1 to 720.</summary>
    public int QuarantineHours { get; set; } = 24;

    /// <summary>How many days back a report may tell of, 1 to 365.</summary>
    public int LongestAgoDays { get; set; } = 30;

    /// <summary>Screens that one address may send within ten minutes; a report takes two. More are shown again, and nothing is stored. 1 to 10,000.</summary>
    public int FormsPerTenMinutes { get; set; } = 60;

    /// <summary>Answers about one cab from one address within ten minutes, 1 to 10,000.</summary>
    public int AnswersPerTenMinutes { get; set; } = 20;

    /// <summary>Receipts that one address may look up within a minute, 1 to 10,000.</summary>
    public int ReceiptsPerMinute { get; set; } = 20;

    /// <summary>
    /// Days for which a passenger's contact is kept after the day on which the report was rejected or its case decided; it is erased on the day
    /// after. 1 to 3,650.
    /// </summary>
    public int KeepContactDays { get; set; } = 90;

    /// <summary>The same of a photo.</summary>
    public int KeepPhotoDays { get; set; } = 90;

    /// <summary>Where passengers reach this server, without a slash at its end: as it is set, or as it was asked for now.</summary>
    public string AddressFor(HttpRequest request) => PublicAddress.Length > 0 ? PublicAddress.TrimEnd('/') : $"{request.Scheme}://{request.Host}";

    /// <summary>The first setting that is out of its range, in words; null if none is.</summary>
    public string? FindFault() =>
        OutOfRange(nameof(ReportsOfCab), ReportsOfCab, 1_000) ?? OutOfRange(nameof(ReportsFromAddress), ReportsFromAddress, 1_000)
        ?? OutOfRange(nameof(QuarantineHours), QuarantineHours, 720) ?? OutOfRange(nameof(LongestAgoDays), LongestAgoDays, 365)
        ?? OutOfRange(nameof(FormsPerTenMinutes), FormsPerTenMinutes, 10_000) ?? OutOfRange(nameof(AnswersPerTenMinutes), AnswersPerTenMinutes, 10_000)
        ?? OutOfRange(nameof(ReceiptsPerMinute), ReceiptsPerMinute, 10_000)
        ?? OutOfRange(nameof(KeepContactDays), KeepContactDays, 3_650) ?? OutOfRange(nameof(KeepPhotoDays), KeepPhotoDays, 3_650)
        ?? (PublicAddress.Length == 0 || Uri.TryCreate(PublicAddress, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? null
            : $"{Section}:{nameof(PublicAddress)} is '{PublicAddress}'; it takes an address that begins with https://.");

    private static string? OutOfRange(string name, int value, int max) =>
        value >= 1 && value <= max ? null : $"{Section}:{name} is {value}; it takes 1 to {max}.";
}
