using System.Globalization;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.LostProperty;

/// <summary>Amounts as people type them: <c>1200</c>, <c>1,200.50</c>, <c>１２００元</c>, <c>¥1200</c>.</summary>
internal static class Yuan
{
    /// <param name="fen">Null where nothing was typed.</param>
    /// <returns>False for what is no amount of whole fen from 0.01 to a thousand million yuan.</returns>
    public static bool TryRead(string? typed, out long? fen)
    {
        fen = null;
        var read = Spelling.Folded((typed ?? "").Trim()).Trim('¥', '￥', '元', ' ');
        if (read.Length == 0)
            return true;
        if (!decimal.TryParse(read, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            || yuan <= 0 || yuan > Case.MaxPropertyFen / 100m || yuan * 100 != decimal.Truncate(yuan * 100))
            return false;
        fen = (long)(yuan * 100);
        return true;
    }
}
