namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of the audit log, and of the operations in it.</summary>
internal sealed class AuditTexts;
