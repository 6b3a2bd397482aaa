"""What a line of the seven plans says of those who lack something, and the words of registers that its checks look for."""

SUPPORT, SPONSORED = "资助", "助学结对"
THREE_PARTIES, NOT_LEFT_BEHIND, REVIEW, SCORE = "三方沟通", "非留守的学习帮手", "方案复查", "评分"
EARLY_ARCHIVE, FAULTY_ROW = "15 天以内建档", "填错的行"
