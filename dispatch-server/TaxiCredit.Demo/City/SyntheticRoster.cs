namespace TaxiCredit.Demo.City;

/// <summary>A driver with the home cab, and how often the driver is reported beside an average one (1).</summary>
internal sealed record SyntheticDriver(string Code, string Name, string Cab, string Plate, SyntheticTeam Team, double Deductions, double Merits);

internal sealed record SyntheticTeam(string Code, string Name)
{
    public List<SyntheticDriver> Members { get; } = [];

    public SyntheticDriver Leader { get; set; } = null!;
}

/// <summary>Who drives what, in which team. Names are put together at random and mean nobody.</summary>
internal sealed class SyntheticRoster
{
    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余";
    private const string Given = "伟军勇强磊洋涛杰明辉刚平建国华海波峰宁志鹏飞鑫斌浩宇凯健俊帆春秋英玲丽娟燕霞静敏";
    private static readonly string[] TeamNames =
    [
        "海鸥", "天鹅", "灯塔", "朝阳", "石岛", "帆影", "渔火", "海草", "潮汐", "礁石", "海带", "远航", "锚地", "金滩", "松林", "晨曦", "和风", "碧波", "长堤", "信风", "归港",
    ];

    public SyntheticRoster(SyntheticRandom random)
    {
        Teams = [.. TeamNames.Select((name, i) => new SyntheticTeam($"t-{i + 1:00}", name + "班组"))];
        for (var n = 1; n <= SyntheticRates.Drivers; n++)
        {
            var driver = new SyntheticDriver(
                $"d-{n:0000}", Name(random), $"cab-{n:0000}", $"鲁K·T{n:0000}", Teams[TeamOf(n)],
                random.Gamma(SyntheticRates.DeductionHalves), random.Gamma(SyntheticRates.MeritHalves));
            Drivers.Add(driver);
            driver.Team.Members.Add(driver);
        }

        foreach (var team in Teams)
            team.Leader = random.Pick(team.Members);
    }

    public SyntheticTeam[] Teams { get; }

    public List<SyntheticDriver> Drivers { get; } = [];

    /// <summary>Teams of neighbours, the larger ones first: 16 of ten and 5 of nine.</summary>
    private static int TeamOf(int number)
    {
        const int smaller = SyntheticRates.Drivers / SyntheticRates.Teams;
        const int larger = SyntheticRates.Drivers % SyntheticRates.Teams;
        var place = number - 1;
        return place < larger * (smaller + 1) ? place / (smaller + 1) : larger + ((place - (larger * (smaller + 1))) / smaller);
    }

    private static string Name(SyntheticRandom random)
    {
        var first = Surnames[random.Between(0, Surnames.Length - 1)];
        var second = Given[random.Between(0, Given.Length - 1)];
        return random.Chance(0.75) ? $"{first}{second}{Given[random.Between(0, Given.Length - 1)]}" : $"{first}{second}";
    }
}
