namespace TaxiCredit.Firmware.Logic.Wire;

/// <summary>Forms of the texts in messages, as PROTOCOL.md defines them. Their length is checked by the caller.</summary>
internal static class WireText
{
    /// <summary>Lower-case letters, digits and hyphens: display ids and driver codes.</summary>
    public static bool IsCode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!((c >= 'a' && c <= 'z') || IsDigit(c) || c == '-')) return false;
        }

        return true;
    }

    /// <summary>Seven characters <c>YYYY-MM</c>, with a month from 01 to 12.</summary>
    public static bool IsPeriod(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i == 4 ? text[i] != '-' : !IsDigit(text[i])) return false;
        }

        int month = ((text[5] - '0') * 10) + (text[6] - '0');
        return month >= 1 && month <= 12;
    }

    /// <summary>Lower-case hex digits: journal ids.</summary>
    public static bool IsLowerHex(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsDigit(text[i]) && (text[i] < 'a' || text[i] > 'f')) return false;
        }

        return true;
    }

    private static bool IsDigit(char c) => c >= '0' && c <= '9';
}
