namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>Texts of notices and decisions, as their driver reads them.</summary>
public sealed class NoticeTexts;
