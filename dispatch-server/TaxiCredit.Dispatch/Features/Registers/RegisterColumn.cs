using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Sheets;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>What a register says of a driver.</summary>
internal enum RegisterColumn { Driver, Name, Plate, Cab, Team, TeamName }

/// <summary>Which column of a sheet is which, and where its names stand.</summary>
/// <param name="Header">Index of the row of names among the sheet's rows; -1 where none was found.</param>
/// <param name="Places">Index of each column that is there.</param>
internal sealed record RegisterColumns(int Header, IReadOnlyDictionary<RegisterColumn, int> Places)
{
    /// <summary>A row of names stands among the first rows: titles and remarks stand above it.</summary>
    public const int MaxHeader = 30;

    /// <summary>Names by which offices call them, as <see cref="KeyOf"/> compares them.</summary>
    private static readonly Dictionary<string, RegisterColumn> Names = new Dictionary<RegisterColumn, string[]>
    {
        [RegisterColumn.Driver] =
        [
            "driver", "driver code", "driver no", "driver id", "code", "licence", "licence no", "licence number", "license", "license no", "license number",
            "qualification number", "从业资格证号", "从业资格证号码", "从业资格证", "从业资格证编号", "资格证号", "资格证号码", "资格证编号", "服务监督卡号", "准驾证号", "司机编号",
            "司机代码", "司机工号", "驾驶员编号", "驾驶员代码", "驾驶员工号", "工号",
        ],
        [RegisterColumn.Name] = ["name", "driver name", "full name", "姓名", "司机姓名", "驾驶员姓名", "从业人员姓名", "司机", "驾驶员"],
        [RegisterColumn.Plate] =
        [
            "plate", "plate no", "plate number", "licence plate", "license plate", "number plate", "registration", "车牌", "车牌号", "车牌号码", "号牌", "号牌号码",
            "车号", "牌照", "牌照号", "牌照号码", "车辆牌照", "车辆号牌",
        ],
        [RegisterColumn.Cab] = ["cab", "cab code", "cab no", "vehicle", "vehicle no", "vehicle code", "车辆编号", "车辆代码", "自编号", "车辆自编号", "车辆序号"],
        [RegisterColumn.Team] = ["team", "team code", "team no", "group code", "班组编号", "班组代码", "小组编号", "小组代码", "车队编号", "车队代码", "班组号"],
        [RegisterColumn.TeamName] = ["team name", "group", "group name", "班组", "班组名称", "小组", "小组名称", "车队", "车队名称", "所属班组", "所属车队", "所属小组"],
    }.SelectMany(column => column.Value.Select(name => (Key: KeyOf(name), column.Key))).ToDictionary(name => name.Key, name => name.Item2);

    /// <summary>The row with most names that are known, of at least two; each column where it is named first.</summary>
    public static RegisterColumns Find(Sheet sheet)
    {
        var best = new RegisterColumns(-1, new Dictionary<RegisterColumn, int>());
        foreach (var (row, index) in sheet.Rows.Take(MaxHeader).Select((row, index) => (row, index)))
        {
            var places = new Dictionary<RegisterColumn, int>();
            for (var column = 0; column < row.Cells.Count; column++)
            {
                if (Names.TryGetValue(KeyOf(row[column]), out var known))
                    places.TryAdd(known, column);
            }

            if (places.Count >= 2 && places.Count > best.Places.Count)
                best = new(index, places);
        }

        return best;
    }

    /// <summary>With what a person has chosen in the place of what was found; a place of -1 is no column.</summary>
    public RegisterColumns With(IReadOnlyDictionary<RegisterColumn, int> chosen) => this with
    {
        Places = Enum.GetValues<RegisterColumn>()
            .Select(column => (column, Place: chosen.TryGetValue(column, out var place) ? place : Places.GetValueOrDefault(column, -1)))
            .Where(found => found.Place >= 0).ToDictionary(found => found.column, found => found.Place),
    };

    /// <summary>Letters, digits and ideographs alone, without what stands in brackets: <c>车牌号（必填）</c> is 车牌号.</summary>
    private static string KeyOf(string name)
    {
        var folded = Spelling.Folded(name);
        var end = folded.IndexOf('(', StringComparison.Ordinal);
        return string.Concat((end > 0 ? folded[..end] : folded).Where(char.IsLetterOrDigit)).ToUpperInvariant();
    }
}
