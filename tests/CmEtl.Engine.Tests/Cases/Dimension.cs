namespace CmEtl.Engine.Tests.Cases;

/// <summary>A dimension that a visit refers to.</summary>
public enum Dimension
{
    Caregiver,
    Provider,
    Office,
    Patient,
    PayerPatient,
    Payer,
    Contract,
    ServiceCode,
    User,
}
