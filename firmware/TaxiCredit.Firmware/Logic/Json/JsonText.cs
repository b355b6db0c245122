using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Json;

/// <summary>A cursor over the bytes of a JSON text. Every Take skips white space first, and moves only on success or when the text is malformed.</summary>
internal sealed class JsonText
{
    private byte[] _bytes = [];
    private byte[] _scratch = [];
    private int _at;
    private int _end;

    public void Begin(byte[] bytes, int start, int count)
    {
        _bytes = bytes;
        _at = start;
        _end = start + count;

        // An escape is never shorter than what it stands for, so no string outgrows the input.
        if (_scratch.Length < count) _scratch = new byte[count];
    }

    public bool AtEnd()
    {
        SkipSpace();
        return _at == _end;
    }

    public bool TryTake(char mark)
    {
        SkipSpace();
        if (_at == _end || _bytes[_at] != mark) return false;
        _at++;
        return true;
    }

    public bool TryTakeWord(string word)
    {
        SkipSpace();
        if (_at + word.Length > _end) return false;
        for (int i = 0; i < word.Length; i++)
        {
            if (_bytes[_at + i] != word[i]) return false;
        }

        _at += word.Length;
        return true;
    }

    /// <summary>An optional minus and digits without a leading zero. The caller checks what follows: "1.5" leaves ".5", which nothing accepts.</summary>
    public bool TryTakeInteger(int maxDigits, out long number)
    {
        SkipSpace();
        number = 0;
        bool minus = _at < _end && _bytes[_at] == '-';
        if (minus) _at++;

        int first = _at;
        while (_at < _end && _bytes[_at] >= '0' && _bytes[_at] <= '9')
        {
            if (_at - first == maxDigits) return false;
            number = (number * 10) + (_bytes[_at] - '0');
            _at++;
        }

        int digits = _at - first;
        if (digits == 0 || (digits > 1 && _bytes[first] == '0')) return false;
        if (minus) number = -number;
        return true;
    }

    /// <summary>The bytes of a string with its escapes resolved, or null when there is no well-formed string.</summary>
    public byte[]? TakeString()
    {
        SkipSpace();
        if (_at == _end || _bytes[_at] != '"') return null;

        int count = 0;
        _at++;
        while (_at < _end)
        {
            int c = _bytes[_at];
            if (c == '"')
            {
                _at++;
                byte[] text = new byte[count];
                System.Array.Copy(_scratch, text, count);
                return text;
            }

            int next = c == '\\' ? TakeEscape(count) : TakeRaw(count);
            if (next < 0) return null;
            count = next;
        }

        return null;
    }

    private int TakeRaw(int count)
    {
        if (_bytes[_at] < 0x20) return -1;
        int length = Utf8.SequenceLength(_bytes, _at, _end);
        if (length == 0) return -1;
        for (int i = 0; i < length; i++) _scratch[count++] = _bytes[_at++];
        return count;
    }

    private int TakeEscape(int count)
    {
        _at++;
        if (_at == _end) return -1;
        int c = _bytes[_at++];
        switch (c)
        {
            case '"' or '\\' or '/': return Utf8.Append(c, _scratch, count);
            case 'b': return Utf8.Append(8, _scratch, count);
            case 'f': return Utf8.Append(12, _scratch, count);
            case 'n': return Utf8.Append(10, _scratch, count);
            case 'r': return Utf8.Append(13, _scratch, count);
            case 't': return Utf8.Append(9, _scratch, count);
            case 'u': return TakeCodePoint(count);
            default: return -1;
        }
    }

    private int TakeCodePoint(int count)
    {
        int unit = TakeHex4();

        // The device cuts strings at U+0000.
        if (unit <= 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return -1;
        if (unit < 0xD800 || unit > 0xDBFF) return Utf8.Append(unit, _scratch, count);

        if (_at + 2 > _end || _bytes[_at] != '\\' || _bytes[_at + 1] != 'u') return -1;
        _at += 2;
        int low = TakeHex4();
        if (low < 0xDC00 || low > 0xDFFF) return -1;
        return Utf8.Append(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), _scratch, count);
    }

    private int TakeHex4()
    {
        if (_at + 4 > _end) return -1;
        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            int digit = Hex.ValueOf(_bytes[_at++]);
            if (digit < 0) return -1;
            value = (value << 4) | digit;
        }

        return value;
    }

    private void SkipSpace()
    {
        while (_at < _end && (_bytes[_at] == ' ' || _bytes[_at] == '\n' || _bytes[_at] == '\r' || _bytes[_at] == '\t')) _at++;
    }
}
