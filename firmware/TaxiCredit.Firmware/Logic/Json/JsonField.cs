namespace TaxiCredit.Firmware.Logic.Json;

/// <summary>A name and its value as <see cref="FlatReader"/> found them.</summary>
internal sealed class JsonField
{
    public const int Text = 1;
    public const int Integer = 2;
    public const int Boolean = 3;

    private static readonly byte[] None = [];

    public byte[] Name = None;
    public byte[] Bytes = None;
    public int Kind;
    public long Number;

    public void SetText(byte[] text)
    {
        Kind = Text;
        Bytes = text;
        Number = 0;
    }

    public bool Set(int kind, long number)
    {
        Kind = kind;
        Number = number;
        return true;
    }

    /// <summary>Compares with a name in ASCII.</summary>
    public bool IsNamed(string name)
    {
        if (name.Length != Name.Length) return false;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] != Name[i]) return false;
        }

        return true;
    }
}
