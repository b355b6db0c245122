using TaxiCredit.Dispatch.Features.Cases;

namespace TaxiCredit.Demo.City;

/// <summary>How often a conduct is reported.</summary>
/// <param name="PerThousand">Reports per 1,000 driver-months; complaints: in <see cref="SyntheticRates.First"/>, before the rate falls.</param>
/// <param name="Upheld">Share of the reports that a person upholds.</param>
internal sealed record ConductRate(string Code, CaseKind Kind, double PerThousand, double Upheld);

/// <summary>Property that somebody leaves in a cab.</summary>
/// <param name="Least">Least value in RMB.</param>
/// <param name="Most">Greatest value in RMB; small values are likelier: the value grows with the square of a uniform number.</param>
internal sealed record Property(string Zh, int Least, int Most);

/// <summary>
/// All that the synthetic city assumes: rates and spreads, no outcomes. No public statistics of Rongcheng give rates; the mix of conducts is that of
/// the simulation with which the rulebook was drafted. The level was set once, so that cities from 2,000 seeds have on average 145.6 drivers with
/// 4 stars, 58.5 with 3 and 0.4 with 2; that comes to 0.096 upheld deductions and 0.122 merits per driver-month. The seed was found afterwards
/// (<see cref="SeedSearch"/>).
/// </summary>
internal static class SyntheticRates
{
    public const int Drivers = 205;
    public const int Teams = 21;

    /// <summary>Drivers who have a community merit certified in a calendar year, exactly; every third of them has two.</summary>
    public const int CommunityDrivers = 15;

    /// <summary>How much drivers differ in deductions: Gamma of shape 1.5, mean 1.</summary>
    public const int DeductionHalves = 3;

    /// <summary>How much drivers differ in merits: Gamma of shape 2, mean 1.</summary>
    public const int MeritHalves = 4;

    /// <summary>What is left of the complaints of a month in the month after, through 2017; then the rate stays.</summary>
    public const double ComplaintsLeft = 0.89;

    /// <summary>Share of cases that are declared complex; merits never are.</summary>
    public const double Complex = 0.08;

    public static Scoring.Month First => new(2017, 1);

    /// <summary>Bureau day on which every driver signs on; long enough before the year that all are rated from its first month.</summary>
    public static DateOnly OnShiftSince => new(2016, 10, 1);

    public static ConductRate[] Deductions { get; } =
    [
        new("S01", CaseKind.Complaint, 17, 0.50),
        new("S02", CaseKind.Complaint, 21, 0.50),
        new("S03", CaseKind.Complaint, 11, 0.55),
        new("S05", CaseKind.Complaint, 4, 0.50),
        new("S06", CaseKind.Complaint, 3.5, 0.60),
        new("S07", CaseKind.Complaint, 20, 0.40),
        new("S08", CaseKind.Complaint, 0.1, 0.50),
        new("S09", CaseKind.Complaint, 28, 0.60),
        new("S10", CaseKind.Complaint, 17, 0.60),
        new("S04", CaseKind.Infringement, 0.15, 0.90),
        new("S10", CaseKind.Infringement, 7, 0.90),
        new("S11", CaseKind.Infringement, 9, 0.95),
        new("S12", CaseKind.Infringement, 6, 0.85),
        new("S13", CaseKind.Infringement, 3, 0.95),
        new("T01", CaseKind.Infringement, 5, 0.90),
        new("T02", CaseKind.Infringement, 7, 0.90),
        new("T03", CaseKind.Infringement, 9, 0.90),
        new("T04", CaseKind.Infringement, 0.35, 0.90),
        new("T05", CaseKind.Infringement, 5, 0.90),
        new("T06", CaseKind.Infringement, 2.5, 0.85),
        new("T07", CaseKind.Infringement, 0.07, 0.90),
        new("T08", CaseKind.Infringement, 0.02, 0.90),
        new("T09", CaseKind.Infringement, 0.02, 0.90),
        new("P02", CaseKind.Infringement, 2.5, 0.85),
        new("P03", CaseKind.Infringement, 0.03, 0.90),
        new("P04", CaseKind.Infringement, 0.3, 0.80),
        new("P06", CaseKind.Infringement, 0.015, 0.90),
        new("P01", CaseKind.PeerReport, 5.5, 0.60),
        new("P05", CaseKind.PeerReport, 9, 0.75),
    ];

    /// <summary>Without M03, which is a fixed number a year.</summary>
    public static ConductRate[] Merits { get; } =
    [
        new("M01", CaseKind.Merit, 45, 0.96),
        new("M02", CaseKind.Merit, 11, 0.98),
        new("M04", CaseKind.Merit, 20, 0.95),
        new("M05", CaseKind.Merit, 0.4, 0.80),
        new("M06", CaseKind.Merit, 1, 0.90),
        new("M07", CaseKind.Merit, 48, 0.85),
    ];

    public static Property[] Ordinary { get; } =
    [
        new("手机一部", 800, 6_500),
        new("钱包一个，内有现金和证件", 200, 5_000),
        new("行李箱一个", 500, 6_000),
        new("平板电脑一台", 1_200, 5_500),
        new("背包一个，内有书本和衣物", 200, 2_000),
    ];

    public static Property[] HighValue { get; } =
    [
        new("现金一包", 10_000, 260_000),
        new("首饰盒一个，内有金饰", 12_000, 180_000),
        new("笔记本电脑和相机一套", 10_000, 45_000),
        new("公文包一个，内有货款和票据", 20_000, 300_000),
    ];

    /// <summary>Most days between conduct and report.</summary>
    public static int DaysToReport(CaseKind kind) => kind switch
    {
        CaseKind.PeerReport => 3,
        CaseKind.Infringement => 7,
        _ => 5,
    };

    /// <summary>What the complaint rate has fallen to in a month, 1 in the first.</summary>
    public static double ComplaintLevel(Scoring.Month month)
    {
        var level = 1.0;
        for (var fallen = Math.Min(11, month.MonthsSince(First)); fallen > 0; fallen--)
            level *= ComplaintsLeft;
        return level;
    }
}
