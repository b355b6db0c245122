using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// From an offer to a candidate: asks for the package block by block, the head first, which stays in memory until the maker's signature on it is proven. Only
/// then a slot is emptied and written. What has arrived is in the slot's file, so that any cut only has the unit go on from the first block that is not
/// whole. At the end the image is read back, and its digest decides. Each call does one small thing.
/// </summary>
internal sealed class Transfer
{
    /// <summary>Between two steps, ms: a compression of SHA-256, or a block that is read.</summary>
    public const int StepGap = 20;

    /// <summary>Between two writes to flash, ms.</summary>
    public const int WriteGap = 500;

    /// <summary>Writes of one block that may fail.</summary>
    public const int MaxWrites = 3;

    /// <summary>A package is asked for so long after its offer was signed, s: what comes so slowly is not worth its cost.</summary>
    public const long MaxAge = 14L * 86400;

    private readonly SlotFile? _file;
    private readonly Slots _slots;
    private readonly Maker _maker;
    private readonly PackageCheck _check;
    private readonly ReadBack? _back;
    private Offer? _offer;
    private byte[] _head = [];
    private byte[]? _pending;
    private int _stage = TransferStage.None;
    private int _slot = Slots.None;
    private int _block;
    private int _writes;
    private long _due;

    /// <param name="files">Null on a board without.</param>
    /// <param name="slots">What is known of the slots.</param>
    /// <param name="maker">By what packages are taken.</param>
    public Transfer(IProgramFiles? files, Slots slots, Maker maker)
    {
        _slots = slots;
        _maker = maker;
        _check = new PackageCheck(maker.Key);
        if (files == null || !maker.Key.IsKnown) return;
        _file = new SlotFile(files);
        _back = new ReadBack(_file);
    }

    /// <summary>The unit has a maker's key, and files to put programs into.</summary>
    public bool IsPossible => _file != null;

    /// <summary>There is a package to ask for, or to verify.</summary>
    public bool IsOpen => _stage != TransferStage.None;

    /// <summary>A block is wanted, and none is on its way to the file.</summary>
    public bool IsAsking => (_stage == TransferStage.Head || _stage == TransferStage.Rest) && _pending == null;

    /// <summary>Bytes of the package that need not be asked for.</summary>
    public int Have { get; private set; }

    /// <summary>Revision of the newest offer that is known, 0 for none.</summary>
    public long Rev => _offer == null ? 0 : _offer.Rev;

    /// <summary>Why the last package was given up, one of <see cref="PackageRefusal"/>.</summary>
    public int Refusal { get; private set; }

    /// <summary>Blocks that were asked for and came, since the start.</summary>
    public int Taken { get; private set; }

    /// <summary>One of <see cref="UpdateState"/>.</summary>
    public int State
    {
        get
        {
            if (_stage == TransferStage.Head || _stage == TransferStage.Rest) return UpdateState.Get;
            if (_stage != TransferStage.None) return _stage == TransferStage.Wait ? UpdateState.Wait : UpdateState.Check;
            if (Refusal != PackageRefusal.None) return UpdateState.Failed;
            int candidate = _slots.Find(SlotKind.Candidate);
            if (candidate != Slots.None) return _slots.Loaded == candidate ? UpdateState.Trial : UpdateState.Ready;
            return _slots.Loaded != Slots.None && _slots.Loaded == _slots.Find(SlotKind.Confirmed) ? UpdateState.Done : UpdateState.None;
        }
    }

    private bool IsOnTrial => _slots.Loaded != Slots.None && _slots.Loaded == _slots.Find(SlotKind.Candidate);

    /// <summary>After a start, once the slots have been read: finds what had been begun, and what the running program came from.</summary>
    public void Load()
    {
        if (_file == null || _offer != null) return;
        for (int slot = Slots.A; slot <= Slots.B; slot++)
        {
            var found = new Offer();
            if (!_file.TryReadOffer(slot, found)) continue;
            int kind = _slots.Of(slot).Kind;
            if (kind == SlotKind.Empty && !found.IsInstalled) Resume(slot, found);
            else if (kind != SlotKind.Previous && kind != SlotKind.Empty && !IsOpen) _offer = found;
        }
    }

    /// <summary>Whether a package can have the size that is offered, and the unit takes any.</summary>
    public bool Fits(Offer offer)
    {
        int image = offer.Size - _check.HeadSize;
        return IsPossible && image > 0 && image <= Manifest.MaxImageBytes;
    }

    /// <summary>Takes an offer that fits. What has come of its package already is not asked for again.</summary>
    public void Take(Offer offer)
    {
        Refusal = PackageRefusal.None;
        if (_offer != null && IsOpen && _offer.IsSame(offer))
        {
            _offer.Rev = offer.Rev;
            return;
        }

        for (int slot = Slots.A; slot <= Slots.B; slot++)
        {
            var found = new Offer();
            if (!_file!.TryReadOffer(slot, found) || !found.IsSame(offer)) continue;
            int kind = _slots.Of(slot).Kind;
            if (kind == SlotKind.Previous) continue;
            if (kind == SlotKind.Empty) Resume(slot, offer);
            else Leave(offer);
            return;
        }

        Leave(offer);
        _slot = Slots.None;
        BeginHead();
    }

    /// <summary>Takes a part of the package.</summary>
    /// <returns>A <see cref="Wire.Refusal"/> or 0: a part that was not asked for, or not now, is refused as old.</returns>
    public int TakeChunk(long rev, int at, byte[] bytes)
    {
        if (!IsAsking || rev != Rev || at != Have) return Wire.Refusal.Old;
        if (bytes.Length != SlotFile.BytesOf(_offer!.Size, at / SlotFile.BlockSize)) return Wire.Refusal.Form;

        Taken++;
        if (_stage == TransferStage.Head)
        {
            System.Array.Copy(bytes, 0, _head, at, bytes.Length);
            Have += bytes.Length;
            if (Have == _head.Length) BeginCheck();
        }
        else
        {
            _pending = bytes;
        }

        return Wire.Refusal.None;
    }

    /// <summary>Nobody sends what is asked for: nothing more is asked until the next offer or start. What has come is kept.</summary>
    public void GiveUp() => End(PackageRefusal.Silent);

    /// <summary>Does what is due.</summary>
    /// <param name="mayWork">Nothing is done for the light or about the supply just now.</param>
    /// <param name="mayInstall">The ignition is on, and the supply good.</param>
    /// <param name="now">Unix seconds, 0 while they are not known.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(bool mayWork, bool mayInstall, long now, long uptime)
    {
        if (!IsOpen) return long.MaxValue;
        if (now > Rev + MaxAge) Discard(PackageRefusal.Expired);
        if (!IsOpen || IsAsking) return long.MaxValue;
        if (uptime < _due) return _due;
        if (!mayWork) return uptime + StepGap;

        _due = uptime + StepGap;
        switch (_stage)
        {
            case TransferStage.Scan:
                Scan();
                break;
            case TransferStage.CheckHead:
                CheckHead();
                break;
            case TransferStage.Room:
                _due = uptime + WriteGap;
                MakeRoom();
                break;
            case TransferStage.WriteHead:
                _due = uptime + WriteGap;
                WriteHead();
                break;
            case TransferStage.Rest:
                _due = uptime + WriteGap;
                WritePending();
                break;
            case TransferStage.Back:
                StepBack();
                break;
            case TransferStage.Wait:
                _due = uptime + WriteGap;
                if (mayInstall) Install();
                break;
        }

        return IsOpen && !IsAsking ? _due : uptime;
    }

    private void Resume(int slot, Offer offer)
    {
        Leave(offer);
        _slot = slot;
        BeginHead();
        _stage = TransferStage.Scan;
        _block = 0;
    }

    private void BeginHead()
    {
        _head = new byte[FirstBytes];
        _stage = TransferStage.Head;
        Have = 0;
    }

    /// <summary>Bytes of the blocks that the head is in.</summary>
    private int FirstBytes
    {
        get
        {
            int whole = SlotFile.BlocksOf(_check.HeadSize) * SlotFile.BlockSize;
            return whole < _offer!.Size ? whole : _offer.Size;
        }
    }

    /// <summary>What a cut left: the blocks up to the first that is not whole.</summary>
    private void Scan()
    {
        if (Have < _offer!.Size && _file!.TryReadBlock(_slot, _offer, _block))
        {
            int count = SlotFile.BytesOf(_offer.Size, _block);
            if (Have < _head.Length) System.Array.Copy(_file.Content, 0, _head, Have, count);
            Have += count;
            _block++;
            return;
        }

        if (Have >= _head.Length)
        {
            BeginCheck();
            return;
        }

        // Little is lost with a head that is torn: it is proven before anything is written, as that of a new package.
        _file!.TryDelete(_slot);
        _slot = Slots.None;
        _stage = TransferStage.Head;
    }

    private void BeginCheck()
    {
        var head = new byte[_check.HeadSize];
        System.Array.Copy(_head, 0, head, 0, head.Length);
        _check.Begin(head, head.Length, _maker.Hardware, _maker.Runtime, _slots.Floor);
        _stage = TransferStage.CheckHead;
    }

    private void CheckHead()
    {
        _check.Step();
        if (_check.IsOpen) return;
        if (!_check.IsGenuine) Discard(_check.Refusal);
        else if (!_offer!.IsOf(_check.Manifest, _check.HeadSize)) Discard(PackageRefusal.Offer);
        else if (_slot == Slots.None) _stage = TransferStage.Room;
        else GoOn();
    }

    /// <summary>A program on trial is not deleted; its successor waits.</summary>
    private void MakeRoom()
    {
        if (IsOnTrial) return;
        _slot = _slots.MakeRoom();
        if (_slot == Slots.None || !_file!.TryDelete(_slot) || !_file.TryWriteOffer(_slot, _offer!))
        {
            NoteFailedWrite();
            return;
        }

        _writes = 0;
        _block = 0;
        Have = 0;
        _stage = TransferStage.WriteHead;
    }

    private void WriteHead()
    {
        if (!_file!.TryWriteBlock(_slot, _offer!, _block, _head, _block * SlotFile.BlockSize))
        {
            NoteFailedWrite();
            return;
        }

        NoteBlock();
        if (Have == _head.Length) GoOn();
    }

    private void WritePending()
    {
        if (!_file!.TryWriteBlock(_slot, _offer!, _block, _pending!, 0))
        {
            NoteFailedWrite();
            return;
        }

        _pending = null;
        NoteBlock();
        GoOn();
    }

    private void NoteBlock()
    {
        Have += SlotFile.BytesOf(_offer!.Size, _block);
        _block++;
        _writes = 0;
    }

    private void NoteFailedWrite()
    {
        _writes++;
        if (_writes == MaxWrites) End(PackageRefusal.Storage);
    }

    private void GoOn()
    {
        _head = [];
        _block = Have / SlotFile.BlockSize;
        _stage = TransferStage.Rest;
        if (Have < _offer!.Size) return;

        _stage = TransferStage.Back;
        _back!.Begin(_slot, _offer, _check.HeadSize);
    }

    /// <summary>A block that has rotted meanwhile is asked for again.</summary>
    private void StepBack()
    {
        int verdict = _back!.Step(_check.Manifest.Digest);
        if (_back.IsBroken) Resume(_slot, _offer!);
        else if (verdict == Verdict.Genuine) _stage = TransferStage.Wait;
        else if (verdict == Verdict.Refused) Discard(PackageRefusal.Image);
    }

    /// <summary>The file says first that it has been a candidate, so that one that is given up is not begun again by itself.</summary>
    private void Install()
    {
        if (IsOnTrial) return;
        _offer!.IsInstalled = true;
        if (_file!.TryWriteOffer(_slot, _offer) && _slots.Offer(_slot, _check.Manifest, Slots.MaxTries)) _stage = TransferStage.None;
        else NoteFailedWrite();
    }

    private void Leave(Offer offer)
    {
        _stage = TransferStage.None;
        _pending = null;
        _writes = 0;
        _offer = offer;
    }

    /// <summary>What has come is no use. A file that was written is emptied, so that it is not gone on with.</summary>
    private void Discard(int refusal)
    {
        if (_slot != Slots.None && _slots.Of(_slot).Kind == SlotKind.Empty) _file!.TryDelete(_slot);
        End(refusal);
    }

    private void End(int refusal)
    {
        _stage = TransferStage.None;
        _pending = null;
        _head = [];
        _writes = 0;
        Refusal = refusal;
    }
}
